builtins.fromTOML "1979-05-27 = 1
"
