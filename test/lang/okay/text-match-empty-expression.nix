map (builtins.match "") [ "" "a" ]
