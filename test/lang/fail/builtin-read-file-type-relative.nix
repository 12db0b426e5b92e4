builtins.readFileType "a"
