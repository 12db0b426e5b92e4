builtins.concatMap (x: removeAttrs { a = x; } [ "a" ]) [ 1 ]
