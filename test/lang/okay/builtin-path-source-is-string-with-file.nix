builtins.path { path = toString ../files/greeting.nix; name = "greeting"; }
