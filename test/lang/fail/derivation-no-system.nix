derivationStrict { name = "d"; builder = "b"; }
