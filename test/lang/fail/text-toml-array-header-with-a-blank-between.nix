builtins.fromTOML "[ [a]]
"
