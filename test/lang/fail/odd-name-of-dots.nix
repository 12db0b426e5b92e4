derivationStrict { name = ".."; system = "s"; builder = "b"; }
