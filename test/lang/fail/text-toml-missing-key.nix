builtins.fromTOML "= 1
"
