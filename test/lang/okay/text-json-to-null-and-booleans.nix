builtins.toJSON [ null true false ]
