let add = builtins.appendContext "text"; in
[ add (add { }) (builtins.hasContext (add { })) ]
