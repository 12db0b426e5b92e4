let s = { x1 = 1; }; n = "x2"; in s.${n}
