[ (builtins.mul 3 (-4)) (builtins.mul 2 0.5) (builtins.mul 0 1.5) (map (builtins.mul 2) [ 1 1.5 ]) ]
