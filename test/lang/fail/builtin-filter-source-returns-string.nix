builtins.filterSource (path: type: "yes") ../files/tree
