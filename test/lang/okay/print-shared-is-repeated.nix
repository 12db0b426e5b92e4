let s = { a = 1; }; l = [ 1 ]; e = { }; in [ s s l l e e [ ] [ ] ]
