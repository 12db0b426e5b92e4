builtins.fromTOML "a = NaN
"
