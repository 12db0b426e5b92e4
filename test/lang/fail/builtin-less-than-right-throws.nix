builtins.lessThan 1 (throw "right")
