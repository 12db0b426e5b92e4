derivationStrict { name = "n"; builder = "b"; system = "s"; "odd name" = { }; }
