with builtins; [ (attrNames { c = 1; a = 2; B = 3; "" = 4; }) (attrValues { c = 1; a = 2; B = 3; }) (attrNames { }) (length (attrValues { a = throw "x"; })) ]
