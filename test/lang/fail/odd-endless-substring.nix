let f = x: builtins.substring 0 1 (f x); in f 1
