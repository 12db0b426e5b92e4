builtins.getAttr "versoin" { version = 1; name = 2; }
