builtins.fromTOML "[a.b]
[a]
b = 1
"
