[
  (builtins.elem { a = [ 1 ]; } [ 1 { a = [ 1.0 ]; } ])
  (builtins.elem "x" [ ./x "x" ])
  (builtins.elem null [ ])
  (builtins.elem (x: x) [ (x: x) ])
  (map (builtins.elem 2) [ [ 1 2 ] [ ] ])
]
