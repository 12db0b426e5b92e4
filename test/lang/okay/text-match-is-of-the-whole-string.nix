map (builtins.match "ab") [ "ab" "xab" "abx" "" ]
