with builtins; [ (elem 1 [ 1 2 ]) (elem 3 [ 1 2 ]) (elem 1 [ ]) (elem 1.0 [ 1 ]) (elem [ 1 ] [ [ 1 ] ]) (elem { } [ { } ]) (elem null [ null ]) ]
