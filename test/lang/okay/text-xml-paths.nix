builtins.toXML [ /a/b /. ]
