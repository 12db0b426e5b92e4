builtins.fromJSON "1e-400" == 0.0
