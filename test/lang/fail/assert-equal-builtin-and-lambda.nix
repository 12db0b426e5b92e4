assert map == (x: x); 1
