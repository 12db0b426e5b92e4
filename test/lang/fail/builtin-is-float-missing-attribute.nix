builtins.isFloat { }.a
