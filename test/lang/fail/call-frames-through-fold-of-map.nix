let l = map (x: throw "mapped") [ 1 ]; in builtins.foldl' (a: b: b + a) 0 l
