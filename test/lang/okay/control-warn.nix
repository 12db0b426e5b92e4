builtins.warn "be careful" (builtins.warn "two\nlines" 1)
