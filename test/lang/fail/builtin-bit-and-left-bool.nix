builtins.bitAnd true 1
