builtins.match "a|*" "a"
