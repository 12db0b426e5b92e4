derivationStrict { name = "d"; system = "s"; builder = "b"; __structuredAttrs = null; }
