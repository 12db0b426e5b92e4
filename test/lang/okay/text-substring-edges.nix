map (f: f "abc") [ (builtins.substring 0 0) (builtins.substring 1 1) (builtins.substring 2 9) (builtins.substring 3 1) (builtins.substring 9 1) (builtins.substring 1 (-1)) ]
