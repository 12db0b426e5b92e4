builtins.warn "fatal" 2
