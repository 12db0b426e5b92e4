builtins.fromTOML "a = 07:32:00
b = 00:00:00
"
