builtins.fromJSON "\"\\'\""
