builtins.toXML "ÿ Ã©"
