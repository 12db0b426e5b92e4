builtins.fromTOML "a = \"\\\" \\\\ \\n \\t \\r\"
"
