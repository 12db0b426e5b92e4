builtins.toFile "." ""
