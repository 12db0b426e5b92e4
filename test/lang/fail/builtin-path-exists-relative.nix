builtins.pathExists "files"
