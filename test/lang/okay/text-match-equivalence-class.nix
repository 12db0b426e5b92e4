map (builtins.match "[[=a=]]+") [ "aA" "b" ]
