builtins.foldl' (acc: x: acc + x) 0 (builtins.genList (n: n) 100000)
