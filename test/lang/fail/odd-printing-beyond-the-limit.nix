builtins.trace (builtins.foldl' (a: i: { x = a; }) 1 (builtins.genList (i: i) 12000)) 1
