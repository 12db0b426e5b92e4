let f = x: { a = f x; }; in f 1
