map (builtins.split ",") [ "a,b,,c" "," ",," ]
