builtins.div 8 true
