builtins.getEnv (builtins.toFile "n" "t")
