builtins.genList (n: n) 2.0
