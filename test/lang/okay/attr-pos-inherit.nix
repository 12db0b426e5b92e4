let
  a = 1;
  o = {
    b = 2;
  };
  s = {
    inherit a;
    inherit (o) b;
  };
  p = n: let pos = builtins.unsafeGetAttrPos n s; in [ pos.line pos.column ];
in [ (p "a") (p "b") ]
