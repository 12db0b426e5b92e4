builtins.fromTOML "ï»a = 1
"
