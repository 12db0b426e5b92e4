builtins.convertHash { hash = "D41D8CD98F00B204E9800998ECF8427E"; hashAlgo = "md5"; toHashFormat = "base16"; }
