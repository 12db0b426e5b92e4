builtins.toJSON "\n\r\t"
