let s = { a = 1; }; l = [ s s ]; in builtins.deepSeq l (l 1)
