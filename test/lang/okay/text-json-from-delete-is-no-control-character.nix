builtins.stringLength (builtins.fromJSON "\"\"")
