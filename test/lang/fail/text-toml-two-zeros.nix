builtins.fromTOML "a = 00
"
