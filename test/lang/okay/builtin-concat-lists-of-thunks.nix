let lists = builtins.concatLists [ [ (throw "not forced") ] [ ] [ 1 2 ] ]; in
[ (builtins.length lists) (builtins.elemAt lists 1) ]
