builtins.match "[[:digit:]-a]" "a"
