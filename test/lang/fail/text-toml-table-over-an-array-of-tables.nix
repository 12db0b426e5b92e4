builtins.fromTOML "[[a]]
[a]
"
