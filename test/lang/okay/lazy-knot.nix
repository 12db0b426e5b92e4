let a = { x = b; y = 1; }; b = { z = a.y; w = a; }; in [ a.x.z b.w.x.w.y ]
