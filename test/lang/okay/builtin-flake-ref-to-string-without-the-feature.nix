builtins.flakeRefToString { type = "git"; url = "https://localhost/repo"; shallow = true; }
