[ (builtins.filter (x: x)) (map (builtins.filter (x: x != 1)) [ [ 1 2 ] [ 1 ] [ ] ]) ]
