map (builtins.match "é+") [ "é" "éé" ]
