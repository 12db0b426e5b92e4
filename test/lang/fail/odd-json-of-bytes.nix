builtins.toJSON { a = [ "b" "cÿ" ]; }
