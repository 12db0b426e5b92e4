with { x = 1; }; let y = x; x = 2; in [ x y ]
