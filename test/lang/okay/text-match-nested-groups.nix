map (builtins.match "((a*)(b*))*") [ "aabb" "abab" "" ]
