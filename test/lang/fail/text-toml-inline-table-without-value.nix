builtins.fromTOML "a = {b}
"
