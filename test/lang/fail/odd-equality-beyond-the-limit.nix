let v = builtins.foldl' (a: i: { x = a; }) 1 (builtins.genList (i: i) 12000); w = builtins.foldl' (a: i: { x = a; }) 1 (builtins.genList (i: i) 12000); in v == w
