map (builtins.match "a**") [ "" "aa" ]
