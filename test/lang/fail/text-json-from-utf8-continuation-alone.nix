builtins.fromJSON "\"a€b\""
