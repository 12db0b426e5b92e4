let f = x: x; s = { g = x: x + 1; }; in [ (f s.g or f 1) (s.h or f 5) ((s.h or (x: x * 2)) 5) ]
