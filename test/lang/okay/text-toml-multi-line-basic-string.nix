builtins.fromTOML "a = \"\"\"
first line end goes
  second \\\" \"\" stay\"\"\"
"
