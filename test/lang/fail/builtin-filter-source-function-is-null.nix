builtins.filterSource null ../files/tree
