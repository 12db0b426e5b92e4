map (builtins.split "(a*)") [ "bab" ]
