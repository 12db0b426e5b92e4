builtins.readFile ../files/tree/none
