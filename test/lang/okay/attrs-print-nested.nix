{ b = { c = [ 1 { } [ ] ]; }; a = null; f = true; p = /x; }
