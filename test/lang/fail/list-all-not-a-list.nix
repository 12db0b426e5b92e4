builtins.all (x: true) "a"
