builtins.readDir ../files/none
