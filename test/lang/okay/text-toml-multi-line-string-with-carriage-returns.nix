builtins.fromTOML "a = \"\"\"\r
x\r
y\"\"\"\r
"
