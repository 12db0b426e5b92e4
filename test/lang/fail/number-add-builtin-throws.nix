builtins.add (throw "left") (throw "right")
