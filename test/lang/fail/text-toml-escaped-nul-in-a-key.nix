builtins.fromTOML "\"\\u0000\" = 1
"
