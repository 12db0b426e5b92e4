let f = { __functor = self: { __functor = inner: x: [ self.a x ]; }; a = 1; }; in f 2
