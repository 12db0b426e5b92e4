map (builtins.match "[[:alpha:]]+") [ "é" "e" ]
