let
  deep = s: s.a.b.c;
  deepOr = s: s.a.b.c or "none";
  one = s: s.a or "none";
  has = s: [ (s ? a) (s ? a.b) (s ? a.b.c) ];
  sets = [ { a.b.c = 1; } { a.b = 2; } { a = { b = { c = 3; d = 4; }; }; } { b = 1; } { a = null; } { a.b.c = "x"; z = 1; } ];
  wide = builtins.listToAttrs (map (n: { name = "n${toString n}"; value = n; }) (builtins.genList (n: n) 100)) // { a.b.c = 7; };
  big = wide // { n1 = "one"; };
in
[
  (map deepOr sets)
  (map has sets)
  (map (s: if builtins.isAttrs (one s) then "set" else one s) sets)
  (map deep [ { a.b.c = 1; } { a = { b = { c = 2; }; }; } big wide ])
  (map (s: s.n1 or 0) [ big wide { } ])
]
