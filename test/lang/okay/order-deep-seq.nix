let words = { zebra = builtins.trace "zebra" 1; apple = builtins.trace "apple" 2; name = builtins.trace "name" 3; };
in builtins.deepSeq words { apple = builtins.trace "again" words.zebra; }
