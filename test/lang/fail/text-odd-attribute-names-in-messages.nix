{ "a b" = { "" = { "if" = throw "x"; }; }; }
