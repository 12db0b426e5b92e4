builtins.foldl' (a: b: a + 1) 0 [ (throw "x") (throw "y") ]
