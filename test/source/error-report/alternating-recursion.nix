let
  f = n: next: if n == 0 then next null else f (n - 1) next;
  g = n: next: if n == 0 then next null else g (n - 1) next;
in
f 8 (_: g 8 (_: f 8 (_: throw "end")))
