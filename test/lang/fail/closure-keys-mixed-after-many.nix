builtins.genericClosure { startSet = builtins.genList (n: { key = 100 - n; }) 50 ++ [ { key = "a"; } ]; operator = x: [ ]; }
