builtins.toJSON [ "aâ‚" ]
