(derivation { name = "d"; system = "s"; builder = "b"; __structuredAttrs = true; a = "bÿ"; }).drvPath
