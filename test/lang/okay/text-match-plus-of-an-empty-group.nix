map (builtins.match "()+") [ "" "a" ]
