builtins.path { path = [ ]; }
