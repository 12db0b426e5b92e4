builtins.fromTOML "a = 'abc
"
