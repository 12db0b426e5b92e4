{ s.r = 1; }.s.${if true then 1 else { a = [ ]; }}
