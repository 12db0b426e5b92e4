builtins.div "8" 0
