builtins.any (x: x) { length = 0; }
