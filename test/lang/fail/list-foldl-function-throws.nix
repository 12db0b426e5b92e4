builtins.foldl' (a: b: throw "step ${toString b}") 0 [ 1 2 ]
