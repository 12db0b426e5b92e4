builtins.fromTOML "a = 1\r
\r
[b]\r
c = 2\r
"
