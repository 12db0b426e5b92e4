builtins.floor { a = 1; }
