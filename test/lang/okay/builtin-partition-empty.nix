[ (builtins.partition (x: throw "not called") [ ]) (builtins.attrNames (builtins.partition (x: x) [ ])) ]
