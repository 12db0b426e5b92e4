map builtins.splitVersion [ "1.2.3" "1.2pre-x" "" "a" "..1" "1_2" "20a30" ]
