builtins.readFileType ../files/none
