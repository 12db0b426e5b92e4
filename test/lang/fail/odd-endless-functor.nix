let x = { __functor = self: y: self y; }; in x 1
