[ (removeAttrs { a = 1; b = 2; c = 3; } [ "a" "c" ]) (removeAttrs { a = 1; } [ "z" "z" ]) (removeAttrs { a = 1; } [ ]) (removeAttrs { } [ "a" ]) (removeAttrs { a = throw "x"; b = 1; } [ "a" ]) ]
