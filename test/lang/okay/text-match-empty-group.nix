map (builtins.match "a()b") [ "ab" ]
