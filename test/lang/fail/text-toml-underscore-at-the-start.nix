builtins.fromTOML "a = _1
"
