let or = 1; in f: x: [ (f x x) ((f x) x) (((f) x) x) ((x - 1) x) ((-x) f) (<a> f) ((f or) x) (f or x) ((x < 1) f) ((f x).a x) ]
