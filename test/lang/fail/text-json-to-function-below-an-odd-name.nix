builtins.toJSON { "a b" = { "" = [ builtins.map ]; }; }
