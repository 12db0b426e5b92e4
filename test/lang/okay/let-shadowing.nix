let x = 1; in let y = x; in let x = 2; in [ x y ]
