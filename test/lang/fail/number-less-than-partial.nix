let less = builtins.lessThan 1; in less null
