builtins.readFile "files/nul"
