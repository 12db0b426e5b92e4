[ (builtins.sort builtins.lessThan [ 2 1 3 ]) (builtins.sort (a: b: a.k < b.k) [ { k = 2; } { k = 1; } ]) (builtins.sort (a: b: throw "not called") [ 1 ]) (builtins.sort builtins.lessThan) ]
