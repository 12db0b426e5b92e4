map (builtins.split "aa") [ "aaaaa" ]
