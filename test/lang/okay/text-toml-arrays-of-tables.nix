builtins.fromTOML "[[a]]
b = 1
[[a]]
[[a]]
b = 3
"
