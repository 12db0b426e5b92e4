let f = builtins.mapAttrs (name: value: "${name}=${toString value}"); in
[ f (f { b = 1; a = [ 1 2 ]; }) (f { }) ]
