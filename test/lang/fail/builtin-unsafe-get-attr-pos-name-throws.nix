builtins.unsafeGetAttrPos (throw "name") { }
