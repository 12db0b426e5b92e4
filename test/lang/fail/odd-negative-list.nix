builtins.genList (i: i) (-9223372036854775807 - 1)
