builtins.attrNames (builtins.getContext (builtins.toJSON { a = [ (builtins.toFile "f" "x") ]; }))
