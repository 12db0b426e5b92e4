builtins.toJSON { outPath = "/o"; other = throw "not needed"; }
