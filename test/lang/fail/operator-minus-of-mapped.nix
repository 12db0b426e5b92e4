let l = map (x: throw "mapped") [ 1 ]; f = a: a - 1; in f (builtins.head l)
