[ (builtins.filterSource (path: type: true)) (builtins.filterSource (path: type: baseNameOf path != "run") ../files/tree) ]
