let f = n: if n == 0 then "end" else f (n - 1); in f 10010
