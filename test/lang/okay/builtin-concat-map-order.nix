builtins.concatMap (x: builtins.trace x [ x x ]) [ 1 2 ]
