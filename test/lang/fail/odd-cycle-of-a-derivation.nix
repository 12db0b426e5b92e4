let d = derivationStrict { name = "d"; system = "s"; builder = "b"; a = d; }; in d
