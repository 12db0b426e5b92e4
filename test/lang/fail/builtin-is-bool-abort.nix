builtins.isBool (abort "for a type")
