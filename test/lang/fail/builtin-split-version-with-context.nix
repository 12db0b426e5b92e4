builtins.splitVersion (builtins.toFile "n-1.2" "t")
