builtins.appendContext ./a { }
