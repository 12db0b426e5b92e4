let
  f = a: let b = a + 1; c = let d = b * 2; in { inherit d; e = d.x or (d + a.missing); }; in c.e;
in
f 1
