builtins.readFile null
