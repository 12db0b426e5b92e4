builtins.all { limit = 3; __functor = self: x: x < self.limit; } [ 1 2 ]
