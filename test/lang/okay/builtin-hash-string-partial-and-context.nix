[ (builtins.hashString "md5") (builtins.hasContext (builtins.hashString "md5" (builtins.toFile "n" "t"))) ]
