[ (builtins ? importNative) (builtins ? exec) (builtins ? fetchTree) (builtins ? fetchClosure) (builtins ? outputOf) (builtins ? getFlake) (builtins ? break) ]
