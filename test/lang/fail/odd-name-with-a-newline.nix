builtins.toFile "a\nb" ""
