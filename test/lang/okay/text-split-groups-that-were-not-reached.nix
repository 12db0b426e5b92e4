map (builtins.split "(a)(b)?") [ "ab a" ]
