let
  place = name: set: removeAttrs (builtins.unsafeGetAttrPos name set) [ "file" ];
  x = 1;
in
[
  (place "a" { a = 1; })
  (place "x" { inherit x; })
  (place "y" { inherit ({ y = 1; }) y; })
  (place "a" ({ a = 1; } // {   a = 2; }))
  (place "${"d"}" { ${"d"} = 1; })
  (place "n" { n.o.p = 1;
    n.q = 2; })
  (place "q" { n.o.p = 1;
    n.q = 2; }.n)
  (builtins.unsafeGetAttrPos "none" { })
]
