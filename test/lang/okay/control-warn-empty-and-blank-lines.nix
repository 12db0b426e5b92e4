builtins.warn "" (builtins.warn "\nstarts with a newline" (builtins.warn "ends with one\n" (builtins.warn "a\n\nb" 1)))
