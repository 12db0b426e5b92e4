builtins.foldl' (acc: 1) 0 [ 1 2 ]
