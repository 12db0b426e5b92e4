builtins.fromTOML "[a]
b = 1
[c.d]
e = 2
[c]
f = 3
"
