with builtins; [ (length [ ]) (length [ 1 2 ]) (length [ (throw "x") ]) (length (genList (x: x) 1000)) ]
