builtins.tryEval (builtins.warn "fatal" 2)
