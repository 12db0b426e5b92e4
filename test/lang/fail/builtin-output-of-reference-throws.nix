builtins.outputOf (throw "reference") (throw "name")
