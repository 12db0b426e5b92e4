builtins.isFunction (with { }; undefinedName)
