map (builtins.match "a..b") [ "aéb" ]
