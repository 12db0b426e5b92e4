builtins.readFile ../files/nul/below
