builtins.toFile "text" (derivationStrict { name = "d"; system = "s"; builder = "b"; }).out
