[
  (builtins.filterSource (path: type: builtins.trace "${baseNameOf path} ${type}" (type == "regular")) ../files/tree)
  (builtins.filterSource { __functor = self: path: type: false; } ../files/tree)
  (builtins.filterSource (path: type: throw "not asked") ../files/tree/a.txt)
]
