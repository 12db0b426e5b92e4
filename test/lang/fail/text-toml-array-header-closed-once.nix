builtins.fromTOML "[[a]
"
