builtins.flakeRefToString { type = "git"; "odd name" = 1.5; }
