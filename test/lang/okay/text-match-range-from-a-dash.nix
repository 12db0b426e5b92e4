map (builtins.match "[--/]+") [ "-./" "0" ]
