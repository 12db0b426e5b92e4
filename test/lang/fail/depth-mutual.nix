let f = n: g (n + 1); g = n: f (n + 1); in f 0
