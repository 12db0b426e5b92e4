[ (map (x: x * 2) [ 1 2 3 ]) (map throw [ ]) (builtins.length (map throw [ 1 2 ])) (map toString [ 1 [ 2 ] ]) ]
