{ a = let b = 1; in { }; a.c = 2; }
