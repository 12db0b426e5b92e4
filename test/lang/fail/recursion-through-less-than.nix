let s = { a = s.a < 1; }; x = x > 2; in [ x s.a ]
