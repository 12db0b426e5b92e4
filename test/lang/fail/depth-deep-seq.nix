let l = builtins.foldl' (acc: n: [ acc ]) [ ] (builtins.genList (n: n) 10005); in builtins.deepSeq l 1
