builtins.fromTOML "a = 'x¿Ä'
"
