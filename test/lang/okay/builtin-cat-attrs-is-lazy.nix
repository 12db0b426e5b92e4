let found = builtins.catAttrs "a" [ { a = throw "lazy"; } { b = 1; } { a = 2; } ]; in
[ (builtins.length found) (builtins.elemAt found 1) (builtins.catAttrs "a") (builtins.catAttrs "a" [ ]) ]
