builtins.fromTOML "[a.]
"
