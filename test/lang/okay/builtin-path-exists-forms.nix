map builtins.pathExists [ ../files ../files/missing "/" "/surely/not/there" ../files/tree/dangling (toString ../files/greeting.nix + "/") (toString ../files + "/.") ]
