map (builtins.match "[^a]+") [ "é" ]
