builtins.hasContext (builtins.fromJSON (builtins.toJSON "a"))
