let
  x = [ x ];
  s = { a = s; b = [ s x ]; };
  seen = value: builtins.deepSeq value (builtins.trace value 1);
in
[ (seen x) (seen s) (builtins.trace x 1) (builtins.trace [ x ] 1) (builtins.trace (builtins.head x) 1) ]
