let x = 1; in let inherit x; y = x; in y
