builtins.fromTOML "3.14 = 1
"
