builtins.trace "a\tb\rc" (builtins.trace "tab\tin\ttext" 1)
