let f = n: if n == 0 then throw "end" else f (n - 1); in f 3
