# A large value as XML.
builtins.stringLength (builtins.toXML (builtins.genList (n: { id = n; name = "item <${toString n}>"; list = [ n "&" true null 1.5 ]; function = { a, b ? 1 }: a; }) 60000))
