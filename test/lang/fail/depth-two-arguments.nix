let f = a: b: f (a + 1) b; in f 0 0
