builtins.foldl' (a: a) 0 [ 1 ]
