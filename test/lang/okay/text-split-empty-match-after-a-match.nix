map (builtins.split "a?") [ "aab" ]
