builtins.lessThan [ 1 null ] [ 1 null ]
