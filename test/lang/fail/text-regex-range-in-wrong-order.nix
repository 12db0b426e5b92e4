builtins.match "[c-a]" "a"
