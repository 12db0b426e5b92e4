builtins.attrValues { b = 1; a = throw "a"; }
