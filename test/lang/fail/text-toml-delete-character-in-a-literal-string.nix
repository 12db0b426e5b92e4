builtins.fromTOML "a = 'x'
"
