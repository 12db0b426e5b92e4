builtins.hasContext ./a
