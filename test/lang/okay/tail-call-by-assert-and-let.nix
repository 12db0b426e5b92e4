let f = n: if n == 0 then "end" else let m = n - 1; in assert m >= 0; f m; in f 2000
