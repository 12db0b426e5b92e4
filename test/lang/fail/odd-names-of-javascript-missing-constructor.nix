builtins.getAttr "constructor" { constructors = 1; }
