builtins.fromTOML "[[a]]
x = 1
[a.b]
y = 2
[[a.c]]
z = 3
[[a.c]]
z = 4
[[a]]
[[a.c]]
z = 5
"
