[ (builtins.trace "printed") (map (builtins.trace "each time") [ 1 2 ]) ]
