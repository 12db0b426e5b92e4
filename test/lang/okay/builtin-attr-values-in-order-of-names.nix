[ (builtins.attrValues { b = 1; a = 2; }) (builtins.length (builtins.attrValues { x = throw "lazy"; })) (builtins.attrValues { }) ]
