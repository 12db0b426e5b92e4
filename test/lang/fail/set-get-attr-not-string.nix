builtins.getAttr null { }
