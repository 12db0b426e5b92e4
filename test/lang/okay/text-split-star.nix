map (builtins.split "a*") [ "baac" "aa" "" ]
