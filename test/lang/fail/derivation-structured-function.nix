derivationStrict { name = "d"; system = "s"; builder = "b"; __structuredAttrs = true; x.y = [ (z: z) ]; }
