[ (builtins.length [ (throw "1") (throw "2") ]) (builtins.length [ ]) (map builtins.length [ [ [ ] ] [ 1 2 ] ]) ]
