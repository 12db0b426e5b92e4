builtins.attrNames { b = throw "b"; a = throw "a"; }
