builtins.fromTOML "a = \"xÿy\"
"
