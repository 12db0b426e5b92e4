map (builtins.match "[[.zero.][.A.][.right-square-bracket.]]+") [ "0A]" "1" ]
