derivationStrict { name = "d"; system = "s"; builder = "b"; outputHash = "xyz"; }
