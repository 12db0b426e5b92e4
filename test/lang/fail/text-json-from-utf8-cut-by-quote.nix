builtins.fromJSON "\"â‚\""
