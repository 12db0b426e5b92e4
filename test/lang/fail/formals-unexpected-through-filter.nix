builtins.filter ({ a }: a) [ { a = true; b = 1; } ]
