builtins.sort builtins.lessThan [ [ 1 { a = 1; } ] [ 1 { a = 2; } ] ]
