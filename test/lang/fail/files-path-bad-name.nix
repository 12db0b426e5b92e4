builtins.path { path = ../files/nul; name = "a b"; }
