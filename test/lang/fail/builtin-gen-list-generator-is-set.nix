builtins.genList { } 2
