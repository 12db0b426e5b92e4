let f = x: 1 + g x; g = x: 2 * f x; in f 1
