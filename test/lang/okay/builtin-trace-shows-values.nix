builtins.trace { a = 1; b = x: x; c = throw "not forced"; d = [ 1 [ 2 ] ]; } (builtins.trace "text\nof two lines" (builtins.trace null "result"))
