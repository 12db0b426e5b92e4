builtins.listToAttrs [ { name = builtins.toFile "n" "t"; value = 1; } ]
