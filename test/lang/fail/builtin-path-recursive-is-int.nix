builtins.path { path = ../files/tree; recursive = 1; }
