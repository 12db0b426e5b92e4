map (builtins.match "(a|a)(b|b)?") [ "ab" ]
