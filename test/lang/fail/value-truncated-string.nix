1 + builtins.substring 0 1 (1 + "${builtins.foldl' (a: b: a + "0123456789") "" (builtins.genList (n: n) 120)}")
