builtins.fromJSON "[1 /* one */]"
