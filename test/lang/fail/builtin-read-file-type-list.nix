builtins.readFileType [ ]
