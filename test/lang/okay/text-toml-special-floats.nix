builtins.fromTOML "a = [inf, +inf, -inf, nan, +nan, -nan]
"
