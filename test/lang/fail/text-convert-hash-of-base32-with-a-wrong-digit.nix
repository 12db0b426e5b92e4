builtins.convertHash { hash = "e43xibwh31h9bvxzalr0sjvbbvpa6ffs"; hashAlgo = "sha1"; toHashFormat = "sri"; }
