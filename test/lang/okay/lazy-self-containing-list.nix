let l = [ 1 l ]; in builtins.head (builtins.elemAt (builtins.elemAt l 1) 1)
