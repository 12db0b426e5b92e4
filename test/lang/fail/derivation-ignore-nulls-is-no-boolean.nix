derivationStrict { name = "d"; system = "s"; builder = "b"; __ignoreNulls = 1; }
