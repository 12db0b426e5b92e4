builtins.attrValues (throw "set")
