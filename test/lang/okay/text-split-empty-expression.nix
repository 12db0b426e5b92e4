map (builtins.split "") [ "ab" "" ]
