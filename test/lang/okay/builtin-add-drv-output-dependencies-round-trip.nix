let d = derivation { name = "n"; builder = "b"; system = "s"; }; in
builtins.getContext (builtins.addDrvOutputDependencies (builtins.unsafeDiscardOutputDependency d.drvPath))
== {
  ${builtins.unsafeDiscardStringContext d.drvPath} = { allOutputs = true; };
}
