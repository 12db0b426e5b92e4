builtins.importNative /surely/not/there.so "symbol"
