map builtins.splitVersion [ "1.2.3" "1.2pre3" "1-2" "a" "" "1..2" "-1-" "1.é2" "01.10" "1_2+3" ]
