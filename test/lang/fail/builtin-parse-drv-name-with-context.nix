builtins.parseDrvName (builtins.toFile "n-1" "t")
