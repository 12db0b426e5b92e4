let
  x = [ x ];
  s = { a = s; };
  f = y: y;
in
[ (x == x) (s == s) ([ f ] == [ f ]) (f == f) ({ inherit f; } == { inherit f; }) (builtins.elem s [ s ]) ]
