builtins.sort builtins.lessThan [ { a = 1; } { a = 2; } ]
