builtins.splitVersion 12
