with builtins; [ (sort lessThan [ 3 1 2 ]) (sort (a: b: a > b) [ 3 1 2 ]) (sort lessThan [ 2.5 1 3 0.5 ]) (sort lessThan [ (-1) (-10) 5 0 ]) ]
