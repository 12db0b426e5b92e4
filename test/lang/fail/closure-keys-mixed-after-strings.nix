builtins.genericClosure { startSet = map (key: { inherit key; }) [ "m" "c" "x" "a" "z" "b" "y" "n" null ]; operator = x: [ ]; }
