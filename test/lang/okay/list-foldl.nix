with builtins; [ (foldl' (a: b: a - b) 10 [ 1 2 3 ]) (foldl' (a: b: b) 0 [ ]) (foldl' (a: b: a ++ [ b ]) [ ] [ 1 2 ]) (foldl' add 0 [ 1 2 ]) ]
