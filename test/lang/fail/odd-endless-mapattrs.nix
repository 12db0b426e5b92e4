let f = n: v: builtins.mapAttrs f { a = v; }; in f "n" 1
