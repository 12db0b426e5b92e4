map builtins.stringLength [ "" "a" "é" "€" "😀" "\n" ]
