builtins.fromTOML "[[a.b]]
[a]
b.c = 1
"
