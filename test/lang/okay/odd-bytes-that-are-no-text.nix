let
  bytes = "ÿþ€Ã(";
in
[
  (builtins.stringLength bytes)
  bytes
  (builtins.hashString "md5" bytes)
  (builtins.substring 1 1 bytes == "þ")
  (builtins.match "(.)(.)(.*)" bytes)
  (builtins.replaceStrings [ "€" ] [ "-" ] bytes)
  { "ÿ" = 1; "Ã©" = 2; }."ÿ"
  (builtins.attrNames { "ÿ" = 1; "Ã©" = 2; a = 3; })
  (builtins.sort builtins.lessThan [ "ÿ" "Ã©" "" ])
  # a comment ÿþ with NUL
]
