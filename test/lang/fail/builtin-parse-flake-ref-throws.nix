builtins.parseFlakeRef (throw "reference")
