builtins.path { path = ../files/tree; "odd name" = 1; }
