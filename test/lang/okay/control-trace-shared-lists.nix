let l = [ 1 ]; d = { x = l; y = if true then l else 2; }; in builtins.trace (builtins.deepSeq d d) (builtins.trace [ l l ] "end")
