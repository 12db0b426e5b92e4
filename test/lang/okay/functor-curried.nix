let f = { __functor = self: a: b: self.k * (a + b); k = 3; }; in [ (f 1 2) (f 1 2 == (f 1) 2) ]
