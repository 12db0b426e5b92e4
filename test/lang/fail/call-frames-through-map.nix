let f = x: throw "mapped"; in map f [ 1 ]
