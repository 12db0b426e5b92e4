builtins.getAttr "${builtins.toFile "n" "t"}" { }
