builtins.addDrvOutputDependencies "${builtins.toFile "a" "t"}${builtins.toFile "b" "t"}"
