let list = builtins.genList (n: if n == 1 then throw "one" else n) 3; in
[ (builtins.length list) (builtins.elemAt list 2) (builtins.genList (n: throw "not called") 0) (map (builtins.genList (n: n * n)) [ 0 3 ]) ]
