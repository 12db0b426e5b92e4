builtins.fromTOML "a = 1e-400
"
