builtins.findFile [ { prefix = 1; path = ../files; } ] "x"
