let f = x: throw "mapped"; in 1 + builtins.head (map f [ 1 ])
