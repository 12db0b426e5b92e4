builtins.fromJSON "\"é€😀\""
