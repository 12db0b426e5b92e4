builtins.readDir ../files/nul
