builtins.appendContext "x" { "/somewhere" = { path = true; }; }
