builtins.fromTOML "[a]]
"
