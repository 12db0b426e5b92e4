[ (map (x: x + 1)) (map (map (x: x + 1)) [ [ 1 ] [ ] ]) (builtins.typeOf (map 1)) ]
