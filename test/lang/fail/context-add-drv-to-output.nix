builtins.addDrvOutputDependencies (derivationStrict { name = "d"; system = "s"; builder = "b"; }).out
