builtins.fromTOML "__proto__ = 1
constructor.toString = 2
"
