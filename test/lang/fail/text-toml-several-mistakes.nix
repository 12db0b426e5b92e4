builtins.fromTOML "a = 1__0
b = 2
c = \"\\x\"
[d
e = .5
"
