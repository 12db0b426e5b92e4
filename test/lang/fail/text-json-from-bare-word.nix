builtins.fromJSON "abc"
