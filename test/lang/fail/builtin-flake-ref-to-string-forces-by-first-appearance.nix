let b = 1; a = 2; in
builtins.flakeRefToString { type = "git"; a = throw "a is second"; b = throw "b is first"; }
