let f = a: b: c: throw "curried"; in f 1 2 3
