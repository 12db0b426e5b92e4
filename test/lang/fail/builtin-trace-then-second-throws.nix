builtins.trace "before" (throw "second")
