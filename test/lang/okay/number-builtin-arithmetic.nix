with builtins; [ (add 1 2) (add 1 2.5) (sub 1 2) (sub 1.5 1) (mul 3 4) (mul 1.5 2) (div 7 2) (div 7.0 2) ]
