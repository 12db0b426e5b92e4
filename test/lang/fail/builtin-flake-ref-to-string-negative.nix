builtins.flakeRefToString { type = "git"; revCount = -1; }
