builtins.concatMap (x: throw "in f") [ 1 ]
