builtins.toJSON { outPath = { a = [ 1 ]; }; }
