map (builtins.match "(ab){2,}") [ "ab" "abab" "ababab" ]
