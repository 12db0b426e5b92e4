builtins.importNative /surely/not/there.so 1
