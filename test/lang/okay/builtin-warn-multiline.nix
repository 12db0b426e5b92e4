builtins.warn "first line\n  second line\n\nlast" 1
