let l = [ [ [ [ [ [ [ [ [ [ [ [ 1 ] ] ] ] ] ] ] ] ] ] ] ]; in builtins.deepSeq l (l 1)
