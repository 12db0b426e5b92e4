map (builtins.split "x") [ "abc" "" ]
