builtins.tryEval (builtins.seq (builtins.fromJSON "{\"a\": [1]}") true)
