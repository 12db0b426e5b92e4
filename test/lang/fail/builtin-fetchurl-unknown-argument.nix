builtins.fetchurl { url = "http://localhost/x"; unknown = 1; }
