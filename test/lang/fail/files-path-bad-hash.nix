builtins.path { path = ../files/nul; sha256 = "zzz"; }
