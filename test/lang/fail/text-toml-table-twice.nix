builtins.fromTOML "[a]
b = 1
[c]
[a]
"
