let f = x: builtins.genericClosure { startSet = [ { key = 1; } ]; operator = f; }; in f 1
