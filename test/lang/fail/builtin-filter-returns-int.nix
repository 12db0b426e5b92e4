builtins.filter (x: 1) [ "a" ]
