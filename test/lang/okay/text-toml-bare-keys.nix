builtins.fromTOML "a = 1
A-b_c = 2
1234 = 3
-_- = 4
"
