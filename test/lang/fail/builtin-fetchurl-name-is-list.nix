builtins.fetchurl { url = "http://localhost/x"; name = [ ]; }
