builtins.parseFlakeRef "x"
