builtins.filterSource (path: type: true) 1
