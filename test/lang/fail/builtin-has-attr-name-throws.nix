builtins.hasAttr (throw "name") { }
