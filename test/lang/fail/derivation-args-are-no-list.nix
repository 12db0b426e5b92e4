derivationStrict { name = "d"; system = "s"; builder = "b"; args = "x"; }
