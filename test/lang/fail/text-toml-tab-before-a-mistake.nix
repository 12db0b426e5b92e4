builtins.fromTOML "\ta\t=\t01
"
