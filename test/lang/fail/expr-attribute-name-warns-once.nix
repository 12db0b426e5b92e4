{ a = 1; }.${builtins.warn "the name" 1}
