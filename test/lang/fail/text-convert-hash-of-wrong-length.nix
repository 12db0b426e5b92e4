builtins.convertHash { hash = "abc"; hashAlgo = "sha1"; toHashFormat = "sri"; }
