[ (builtins.filter (x: x > 1) [ 1 2 3 ]) (builtins.filter (throw "not needed") [ ]) (builtins.filter (x: false) [ 1 ]) ]
