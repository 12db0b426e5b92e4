with builtins; [ (zipAttrsWith (n: vs: vs) [ { a = 1; b = 2; } { a = 3; c = 4; } ]) (zipAttrsWith (n: vs: n) [ ]) (zipAttrsWith (n: vs: length vs) [ { a = throw "x"; } { a = throw "y"; } ]) ]
