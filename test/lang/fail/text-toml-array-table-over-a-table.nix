builtins.fromTOML "[a]
[[a]]
"
