let x = { a = x; b = [ x x ]; }; in builtins.deepSeq x (x 1)
