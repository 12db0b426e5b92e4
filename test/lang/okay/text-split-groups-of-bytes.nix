map (builtins.split "(.)") [ "é" ]
