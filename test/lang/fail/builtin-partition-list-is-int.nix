builtins.partition (x: x) 3
