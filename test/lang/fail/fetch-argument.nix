builtins.fetchurl { url = "https://example.org/x"; md5 = ""; }
