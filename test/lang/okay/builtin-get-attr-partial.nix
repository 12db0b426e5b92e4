let get = builtins.getAttr "a"; in
[ get (map get [ { a = 1; } { a = [ ]; } ]) ]
