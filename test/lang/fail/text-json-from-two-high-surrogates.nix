builtins.fromJSON "\"\\ud800\\ud800\""
