map (builtins.match "[[:w:]]+") [ "a_1" "a-1" ]
