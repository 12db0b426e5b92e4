let f = a: b: throw "curried"; g = f 1; in g 2
