builtins.filterSource (path: type: throw "refused ${baseNameOf path}") ../files/tree
