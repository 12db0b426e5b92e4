builtins.toFile "name" [ "text" ]
