builtins.hashString null "x"
