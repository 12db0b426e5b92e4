builtins.trace "first" (builtins.trace { a = 1; b = [ 1 ]; } (builtins.warn "careful" 1))
