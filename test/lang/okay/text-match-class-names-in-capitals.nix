map (builtins.match "[[:ALPHA:]]+") [ "ab" "12" ]
