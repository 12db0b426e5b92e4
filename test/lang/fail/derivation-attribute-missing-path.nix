derivationStrict { name = "d"; system = "s"; builder = "b"; x = ../files/none; }
