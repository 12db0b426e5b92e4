builtins.toXML "<a b=\"c\">&amp;'</a>"
