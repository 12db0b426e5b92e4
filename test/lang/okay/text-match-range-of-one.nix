map (builtins.match "[a-a]+") [ "aa" "b" ]
