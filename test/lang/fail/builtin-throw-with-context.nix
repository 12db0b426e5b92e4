throw "${builtins.toFile "n" "t"}"
