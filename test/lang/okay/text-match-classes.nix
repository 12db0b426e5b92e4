map (builtins.match "[[:alpha:]]+[[:digit:]]+[[:space:]]*[[:punct:]]") [ "ab12 !" "a1." "1a!" ]
