let both = builtins.intersectAttrs { a = throw "left"; b = 1; c = 1; } { b = "B"; a = "A"; d = 1; }; in
[ both (builtins.intersectAttrs { } { a = 1; }) (builtins.intersectAttrs { a = 1; } { }) (builtins.intersectAttrs { }) ]
