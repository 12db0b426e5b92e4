let
  max = 9223372036854775807;
  min = -max - 1;
in
[
  (builtins.substring 0 max "abc")
  (builtins.substring 1 max "abc")
  (builtins.substring max max "abc")
  (builtins.substring 3 1 "abc")
  (builtins.substring 0 min "abc")
  (builtins.substring 1 (-1) "abc")
  (builtins.substring 4294967296 1 "abc")
  (builtins.substring 1 4294967297 "abc")
  (builtins.substring 0 0 "abc")
]
