[ (removeAttrs { a = 1; b = 2; } [ "b" "c" "b" ]) (removeAttrs { } [ "a" ]) (removeAttrs { a = throw "lazy"; } [ "a" ]) (removeAttrs { a = 1; }) ]
