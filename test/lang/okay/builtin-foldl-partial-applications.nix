let fold = builtins.foldl' (acc: x: acc * 10 + x); in
[ fold (fold 0) (fold 0 [ 1 2 3 ]) (fold 7 [ ]) (builtins.foldl' (acc: x: x) (throw "unused") [ 1 2 ]) ]
