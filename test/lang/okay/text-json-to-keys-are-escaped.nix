builtins.toJSON { "a\"b" = 1; "\n" = 2; "" = 3; }
