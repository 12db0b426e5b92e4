builtins.sort { __functor = self: a: b: b < a; } [ 1 3 2 ]
