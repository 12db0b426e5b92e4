[ (with (throw "not needed"); 1) (with { a = throw "a"; b = 2; }; b) ]
