builtins.getEnv (derivationStrict { name = "d"; system = "s"; builder = "b"; }).drvPath
