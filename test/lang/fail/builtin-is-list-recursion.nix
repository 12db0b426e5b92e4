let x = builtins.isList x; in x
