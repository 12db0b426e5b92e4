# U+FF5E goes before U+1F600 here, though its first UTF-16 code unit is the larger one.
[
  (builtins.attrNames { "～" = 1; "😀" = 2; "é" = 3; z = 4; Z = 5; "~" = 6; })
  ("～" < "😀")
  (builtins.sort builtins.lessThan [ "😀" "～" "é" "z" ])
  (builtins.stringLength "😀～é")
  (builtins.substring 1 2 "é" == builtins.substring 1 1 "é")
]
