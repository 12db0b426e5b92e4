let f = x: x + yy; in f 1
