builtins.path { zzz = 1; path = throw "path"; aaa = 2; }
