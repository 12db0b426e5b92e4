map (builtins.split "$") [ "ab" ]
