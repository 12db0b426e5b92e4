[ (builtins.lessThan 1 1.5) (builtins.lessThan 2.0 2) (builtins.lessThan (-0.0) 0) (builtins.lessThan 9007199254740993 9007199254740992.0) ]
