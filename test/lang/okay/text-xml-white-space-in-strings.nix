builtins.toXML "a\nb\tc\rd"
