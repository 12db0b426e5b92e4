builtins.toJSON "é€😀"
