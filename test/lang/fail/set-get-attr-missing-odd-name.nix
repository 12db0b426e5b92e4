builtins.getAttr "a b" { ab = 1; }
