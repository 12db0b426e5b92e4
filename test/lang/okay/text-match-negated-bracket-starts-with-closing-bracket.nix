map (builtins.match "[^]a]+") [ "bc" "]" ]
