builtins.fromTOML "a = 1979-05-27T23:59:60Z
"
