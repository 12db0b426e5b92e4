map placeholder [ "out" "dev" "" "a b" ]
