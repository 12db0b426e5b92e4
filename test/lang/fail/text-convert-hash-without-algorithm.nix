builtins.convertHash { hash = "da39a3ee5e6b4b0d3255bfef95601890afd80709"; toHashFormat = "sri"; }
