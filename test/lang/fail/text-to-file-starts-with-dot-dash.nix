builtins.toFile ".-a" ""
