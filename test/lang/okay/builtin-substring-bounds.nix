[
  (builtins.substring 0 3 "abcdef")
  (builtins.substring 4 10 "abcdef")
  (builtins.substring 6 1 "abcdef")
  (builtins.substring 100 1 "abcdef")
  (builtins.substring 2 (-1) "abcdef")
  (builtins.substring 2 0 "abcdef")
  (builtins.substring 0 9223372036854775807 "abc")
  (builtins.substring 9223372036854775807 1 "abc")
]
