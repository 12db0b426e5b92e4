builtins.fromTOML "[ a . \"b\" ]
c = 1
\t[d]
"
