let a = b; b = [ 1 ]; c = a; in [ a b c ]
