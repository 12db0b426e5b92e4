map builtins.hasContext (builtins.filter builtins.isString (builtins.split "-" (builtins.toFile "a-b" "")))
