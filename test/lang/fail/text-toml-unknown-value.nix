builtins.fromTOML "a = x
"
