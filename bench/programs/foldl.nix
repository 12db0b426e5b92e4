# Three million steps of a strict fold.
builtins.foldl' (a: b: a + b) 0 (builtins.genList (n: n * 2) 3000000)
