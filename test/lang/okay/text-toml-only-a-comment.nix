builtins.fromTOML "# nothing
"
