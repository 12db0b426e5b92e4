builtins.match "a\n\t\"(" "a"
