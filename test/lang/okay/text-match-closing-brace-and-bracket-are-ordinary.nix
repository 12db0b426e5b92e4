map (builtins.match "a}]") [ "a}]" ]
