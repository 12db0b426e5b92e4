builtins.fromTOML "a = 1._5
"
