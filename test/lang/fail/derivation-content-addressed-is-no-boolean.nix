derivationStrict { name = "d"; system = "s"; builder = "b"; __contentAddressed = "yes"; }
