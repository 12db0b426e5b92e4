[ (builtins.div 7 2) (builtins.div (-7) 2) (builtins.div 7 (-2)) (builtins.div 7 2.0) (map (builtins.div 12) [ 1 5 ]) ]
