map { __functor = self: x: throw "a"; } [ 1 ]
