builtins.fromTOML "a = \"\\u00E9 \\u20ac \\U0001F600 \\U0010FFFF\"
"
