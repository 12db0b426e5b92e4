builtins.fromJSON "\"À€\""
