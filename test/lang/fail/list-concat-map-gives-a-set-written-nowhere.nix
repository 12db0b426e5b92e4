builtins.concatMap (x: builtins.partition (y: true) [ x ]) [ 1 ]
