builtins.toFile "f" "ÿþ"
