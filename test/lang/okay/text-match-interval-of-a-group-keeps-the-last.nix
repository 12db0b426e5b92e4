map (builtins.match "(a|b){2}") [ "ab" "ba" "a" ]
