derivationStrict { name = "n"; builder = "b"; system = "s"; outputs = 1; }
