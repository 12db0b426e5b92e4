map builtins.placeholder [ "out" "" "é" ]
