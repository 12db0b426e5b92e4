[
  (builtins.bitAnd (-1) 9223372036854775807)
  (builtins.bitOr (-9223372036854775807 - 1) 1)
  (builtins.bitXor (-1) (-1))
  (builtins.bitXor (-1) 0)
  (map (builtins.bitAnd 6) [ 3 4 8 ])
]
