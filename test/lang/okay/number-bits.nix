with builtins; [
  (bitAnd 12 10) (bitOr 12 10) (bitXor 12 10)
  (bitAnd (-1) 255) (bitOr (-256) 255) (bitXor (-1) 0)
  (bitAnd 9223372036854775807 4294967296) (bitXor 9223372036854775807 (-1)) (bitOr 4294967296 1)
  (bitAnd 4294967295 2147483648) (bitXor 2147483648 2147483648)
]
