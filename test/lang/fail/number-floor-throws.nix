builtins.floor (throw "x")
