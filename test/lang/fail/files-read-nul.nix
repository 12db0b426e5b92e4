builtins.readFile ../files/nul
