builtins.path { path = ../files/nul; recursive = false; sha256 = ""; }
