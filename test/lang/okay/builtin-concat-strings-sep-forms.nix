[
  (builtins.concatStringsSep ", " [ "a" "b" "c" ])
  (builtins.concatStringsSep "," [ ])
  (builtins.concatStringsSep "/" [ { outPath = "x"; } { __toString = self: "y"; } ])
  (map (builtins.concatStringsSep "-") [ [ "a" ] [ "a" "b" ] ])
]
