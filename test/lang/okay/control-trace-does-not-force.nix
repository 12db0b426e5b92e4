builtins.trace { a = 1 + 1; b = [ (1 + 1) ]; c = throw "unused"; } "end"
