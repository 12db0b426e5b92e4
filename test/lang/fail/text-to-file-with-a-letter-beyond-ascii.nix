builtins.toFile "é" ""
