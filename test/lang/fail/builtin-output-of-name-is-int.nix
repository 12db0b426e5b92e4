builtins.outputOf (derivation { name = "n"; builder = "b"; system = "s"; }).drvPath 1
