map (builtins.split "(a|ab)(c|bcd)") [ "abcdx" ]
