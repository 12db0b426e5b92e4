1 + builtins.trace "x" "y"
