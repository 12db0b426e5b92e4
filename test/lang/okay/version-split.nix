with builtins; map splitVersion [ "1.2.3" "1.2pre3-rc4" "" "..." "a-b.c" "1a2b" "2.0-β" "--1" "1 2" ]
