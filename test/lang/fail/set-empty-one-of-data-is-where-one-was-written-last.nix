let
  data = builtins.fromJSON "[ {} ]";
in
builtins.seq { } (builtins.concatMap (x: x) data)
