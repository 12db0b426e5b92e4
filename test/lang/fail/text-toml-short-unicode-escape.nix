builtins.fromTOML "a = \"\\u12\"
"
