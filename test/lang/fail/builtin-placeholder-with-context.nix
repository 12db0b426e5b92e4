placeholder (builtins.toFile "n" "t")
