map builtins.isFunction [ { __functor = self: x: x; } { __functor = 1; } (builtins.add 1) import derivation builtins.derivationStrict ]
