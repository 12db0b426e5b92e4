builtins.concatMap (x: { inherit x; }) [ 1 ]
