builtins.fromTOML "a = 1979-5-27
"
