[ (with { a = 1; }; a) (with { a = 1; }; with { a = 2; }; a) (with { a = 1; }; with { b = 2; }; a + b) ]
