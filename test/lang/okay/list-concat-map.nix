with builtins; [ (concatMap (x: [ x x ]) [ 1 2 ]) (concatMap (x: [ ]) [ 1 ]) (concatMap (x: [ ]) [ ]) (length (concatMap (x: [ (throw "a") ]) [ 1 ])) ]
