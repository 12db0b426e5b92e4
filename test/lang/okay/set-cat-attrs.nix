with builtins; [ (catAttrs "a" [ { a = 1; } { b = 0; } { a = 2; } ]) (catAttrs "z" [ { a = 1; } ]) (length (catAttrs "a" [ { a = throw "x"; } ])) ]
