builtins.fromJSON "\"ab\""
