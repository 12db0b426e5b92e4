let f = { __functor = self: builtins.add 5; }; in f 1
