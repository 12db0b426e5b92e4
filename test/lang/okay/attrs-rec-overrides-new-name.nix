let s = rec { a = 1; __overrides = { c = 3; }; }; in [ s.a s.c ]
