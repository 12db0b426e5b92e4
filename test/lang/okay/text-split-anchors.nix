map (builtins.split "^") [ "ab" ]
