builtins.toXML [ { type = 1; } { type = null; } ]
