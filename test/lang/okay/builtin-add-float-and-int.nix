[ (builtins.add 1 1.5) (builtins.add 1.5 1) (builtins.add 0.5 0.5) (builtins.add 9007199254740993 0.0) ]
