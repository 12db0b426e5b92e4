let or = 1; in f: x: [ (x.a or 1) (x.a or x.b or 1) (x.a or f x) (f x.a or x) (x.a.b or (f x)) (f or) (f or x) (f x or) x.or
  (x.or or 1) (x.a or x or) { inherit (x) or; } ({ or = 1; }.or) (x ? or) ]
