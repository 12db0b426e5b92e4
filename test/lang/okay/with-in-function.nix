map (x: with { y = x; }; y * 2) [ 1 2 3 ]
