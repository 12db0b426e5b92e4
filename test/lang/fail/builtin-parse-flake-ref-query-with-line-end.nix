builtins.parseFlakeRef "a?b\nc#d"
