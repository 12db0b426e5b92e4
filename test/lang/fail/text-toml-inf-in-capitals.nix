builtins.fromTOML "a = INF
"
