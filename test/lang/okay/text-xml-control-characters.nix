builtins.toXML ""
