let
  append = xs: ys: { inherit xs; } // { all = xs ++ ys; };
  total = set: set.all ++ set.xs.y;
in
total (append [ 1 ] [ 2 ])
