builtins.fromTOML "a = \"x\"
"
