builtins.trace "first" (builtins.trace "second" "result")
