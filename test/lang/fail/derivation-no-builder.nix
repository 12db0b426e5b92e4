derivationStrict { name = "d"; system = "s"; }
