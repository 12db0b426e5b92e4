builtins.fromTOML "a = fals
"
