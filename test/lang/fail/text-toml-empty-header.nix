builtins.fromTOML "[]
"
