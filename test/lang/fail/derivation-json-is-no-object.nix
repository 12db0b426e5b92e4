derivationStrict { name = "d"; system = "s"; builder = "b"; __json = "[1]"; }
