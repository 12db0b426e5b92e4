let s = { a.b = 1; n = null; }; in [ (s.a.b or 2) (s.a.c or 2) (s.x.y.z or 3) (s.n.q or 4) (s.n or 5) ((1).a or 6) ([ ].a or 7) ]
