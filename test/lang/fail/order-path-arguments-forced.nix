let sha256 = 1; in builtins.path { recursive = throw "recursive"; filter = throw "filter"; sha256 = throw "sha256"; }
