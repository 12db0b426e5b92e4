builtins.fromTOML "[a]
b = 01
[c]
d = 1
d = 2
[a]
"
