let inner = builtins.toFile "inner" "text"; in
[ (builtins.toFile "outer") (builtins.attrNames (builtins.getContext (builtins.toFile "outer" "see ${inner}"))) ]
