with builtins; length (filter isInt [ 1 "a" 2 ])
