let f = x: x; in assert [ f 1 ] == [ f 2 ]; 1
