let
  # Parameters and variables that are captured before and after they are forced, in branches and beyond.
  f = a: b:
    let
      c = a + b;
      d = x: c + x;
      e = if a > b then d else (y: d (y + e0));
      e0 = c * 2;
    in
    [ (d 1) (e 2) (map (z: z + c + a) [ 1 2 3 ]) { inherit a; g = c; } ];
  g = { a, b ? a * 2, ... }@all: let c = all.c or b; in if a == 1 then [ c (x: x + c) ] else [ (map (x: x + c) [ a b ]) ];
  h = n: if n == 0 then [ ] else let rest = h (n - 1); in [ n ] ++ rest;
  w = set: with set; if x then y else z;
  swap = a: b: c: if c then [ a b ] else swap b a (!c);
in
[
  (f 1 2)
  (f 3 2)
  (builtins.head (g { a = 1; }))
  (g { a = 2; c = 5; })
  (h 5)
  (w { x = true; y = 1; })
  (w { x = false; z = 2; })
  (swap 1 2 false)
  (builtins.foldl' (acc: n: acc // { ${"k${toString n}"} = n; }) { } [ 1 2 3 ])
]
