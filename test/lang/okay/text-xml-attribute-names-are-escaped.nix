builtins.toXML { "<" = 1; "\"" = 2; "a b" = 3; "" = 4; "é" = 5; }
