let f = { __functor = self: n: self (n + 1); }; in f 0
