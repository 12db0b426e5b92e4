builtins.fetchClosure [ ]
