builtins.toJSON (builtins.foldl' (a: i: [ a ]) 1 (builtins.genList (i: i) 12000))
