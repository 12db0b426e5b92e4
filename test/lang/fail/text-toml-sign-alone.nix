builtins.fromTOML "a = +
"
