let inc = builtins.add 1; in
[ inc (map inc [ 1 2 ]) (builtins.typeOf inc) (builtins.functionArgs inc) ]
