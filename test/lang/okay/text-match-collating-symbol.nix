map (builtins.match "[[.a.][.hyphen.]]+") [ "a-" "b" ]
