builtins.toFile "name" (throw "text")
