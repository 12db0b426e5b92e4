builtins.tryEval (builtins.foldl' (a: b: if b == 1 then throw "early" else b) 0 [ 1 2 ])
