let x = 0; f = x: x: x; in f 1 2
