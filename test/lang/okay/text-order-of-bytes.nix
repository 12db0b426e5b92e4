builtins.sort builtins.lessThan [ "b" "B" "10" "9" "é" "" "ﾞ" "😀" "_" "z" ]
