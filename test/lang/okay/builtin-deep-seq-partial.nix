[ (builtins.deepSeq { a = 1; }) (map (builtins.deepSeq [ 1 ]) [ 2 3 ]) (builtins.deepSeq (x: throw "no") "functions are not entered") ]
