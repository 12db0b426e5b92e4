derivationStrict { name = "d"; system = "s"; builder = "b"; __structuredAttrs = true; builder2 = 1; system2 = 2; outputs = [ 1 ]; }
