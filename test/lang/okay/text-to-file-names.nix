map (n: builtins.substring 44 99 (builtins.toFile n "")) [ "a" "a.b" "A-b_c+d?e=f" "-" "a..b" ]
