[ (builtins.warn "unused") (map (builtins.warn "twice") [ 1 2 ]) ]
