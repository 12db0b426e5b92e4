derivationStrict { name = "d.drv"; system = "s"; builder = "b"; }
