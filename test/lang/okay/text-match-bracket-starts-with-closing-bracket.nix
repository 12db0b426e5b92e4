map (builtins.match "[]a]+") [ "]a" "b" ]
