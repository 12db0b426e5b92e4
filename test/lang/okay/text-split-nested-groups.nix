map (builtins.split "(([0-9]+)\\.?)") [ "1.22.x" ]
