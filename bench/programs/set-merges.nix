# A thousand merges into a growing set, and many small ones.
let
  inherit (builtins) attrNames foldl' genList length toString;
  grow = foldl' (set: n: set // { "key${toString n}" = n; }) { } (genList (n: n) 2000);
  small = foldl' (set: n: set // { a = n; b = set.a; }) { a = 0; b = 0; c = 0; } (genList (n: n) 1000000);
in
[ (length (attrNames grow)) small ]
