[ (builtins.ceil 3) (builtins.floor (-3)) (builtins.ceil (-0.5)) (builtins.floor (-0.5)) (builtins.ceil 1.0e15) ]
