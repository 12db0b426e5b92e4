builtins.match "a\\]" "a"
