builtins.toXML [ map (builtins.add 1) ]
