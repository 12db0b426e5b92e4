builtins.getAttr "a" { a = throw "value"; }
