map (builtins.match "(a){0}b") [ "b" "ab" ]
