builtins.toJSON (builtins.toJSON { a = "\""; })
