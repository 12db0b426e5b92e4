builtins.filterSource (path: type: true) ../files/missing
