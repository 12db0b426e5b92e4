builtins.fromJSON "\"ô€€\""
