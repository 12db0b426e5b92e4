builtins.getFlake (builtins.toFile "n" "t")
