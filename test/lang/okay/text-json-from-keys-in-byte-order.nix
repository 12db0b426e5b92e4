builtins.attrNames (builtins.fromJSON "{\"b\": 1, \"ä\": 1, \"B\": 1, \"\": 1, \"10\": 1, \"9\": 1}")
