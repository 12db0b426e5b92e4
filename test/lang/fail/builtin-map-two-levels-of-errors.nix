builtins.length (builtins.head (map (x: map (y: y + x) [ 1 ] ++ x) [ 1 ]))
