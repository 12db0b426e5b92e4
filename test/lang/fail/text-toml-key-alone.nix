builtins.fromTOML "abc
"
