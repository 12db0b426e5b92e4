let
  d = derivation { name = "d"; system = "s"; builder = "b"; };
  file = builtins.unsafeDiscardOutputDependency d.drvPath;
in
map builtins.getContext [
  file
  (builtins.addDrvOutputDependencies file)
  (builtins.addDrvOutputDependencies d.drvPath)
  (builtins.unsafeDiscardOutputDependency "${d} ${d.drvPath}")
  (builtins.unsafeDiscardStringContext d)
  (builtins.unsafeDiscardOutputDependency ../files/nul)
]
