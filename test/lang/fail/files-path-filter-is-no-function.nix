builtins.path { path = ../files; filter = 1; }
