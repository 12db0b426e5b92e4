map (builtins.match "[-a]+[a-]+") [ "-a-" "b" ]
