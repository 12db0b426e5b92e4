builtins.match "[[.ab.]]" "a"
