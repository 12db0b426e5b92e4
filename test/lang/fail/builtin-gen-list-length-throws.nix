builtins.genList (throw "generator") (throw "length")
