builtins.fromTOML "a = True
"
