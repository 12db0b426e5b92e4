builtins.length (builtins.genericClosure { startSet = [ { key = 1; } ]; operator = { __functor = _: x: [ ]; }; })
