builtins.foldl' (acc: n: [ acc ]) [ ] (builtins.genList (n: n) 10005)
