builtins.genericClosure { startSet = map (key: { inherit key; }) [ [ 1 1 ] [ 2 "x" ] [ 3 1 ] [ 0 ] [ 2 3 ] ]; operator = x: [ ]; }
