builtins.parseFlakeRef "path:/a?x=["
