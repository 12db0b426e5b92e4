removeAttrs { } [ (builtins.toFile "n" "t") ]
