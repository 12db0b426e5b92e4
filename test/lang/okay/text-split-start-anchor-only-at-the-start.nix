map (builtins.split "^a") [ "aaa" "ba" ]
