map (builtins.match "((a)|(b))*") [ "ab" "ba" "aab" "" ]
