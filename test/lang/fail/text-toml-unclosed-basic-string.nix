builtins.fromTOML "a = \"abc
b = 1
"
