(builtins.zipAttrsWith (n: vs: if n == "a" then throw "a" else vs) [ { a = 1; b = 2; } ]).b
