with builtins; [ (sort lessThan [ "b" "a" "C" "é" "" "aa" ]) (sort lessThan [ ]) (sort (throw "not needed") [ ]) (sort lessThan [ "x" ]) ]
