builtins.fromTOML "a = true
b = false
"
