let f = n: if n < 0 then "negative" else if n == 0 then "zero" else "positive"; in map f [ (-1) 0 1 ]
