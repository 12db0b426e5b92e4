builtins.lessThan (throw "left") (throw "right")
