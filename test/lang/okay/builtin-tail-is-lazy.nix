let rest = builtins.tail [ (throw "first") 2 (throw "third") ]; in
[ (builtins.length rest) (builtins.head rest) (builtins.tail [ 1 ]) ]
