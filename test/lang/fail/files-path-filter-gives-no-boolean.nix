builtins.path { path = ../files; filter = path: type: type; }
