[ (builtins.all (x: throw "not called") [ ]) (builtins.any (x: throw "not called") [ ]) ]
