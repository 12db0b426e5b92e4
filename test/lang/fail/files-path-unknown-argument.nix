builtins.path { path = ../files; sha1 = ""; }
