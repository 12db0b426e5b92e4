builtins.hasContext (builtins.head (builtins.split "," (builtins.toFile "a-b" "")))
