let x = { a = 1; b = builtins.deepSeq x 2; }; in x
