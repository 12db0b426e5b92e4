builtins.attrNames (builtins.getContext (builtins.substring 0 0 (builtins.toFile "n" "t")))
