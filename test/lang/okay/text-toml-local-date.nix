builtins.fromTOML "a = 1979-05-27
b = 2000-02-29
"
