builtins.fetchurl { url = "https://example.org/x"; name = "a b"; }
