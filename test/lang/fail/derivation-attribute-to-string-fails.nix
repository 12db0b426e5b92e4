derivationStrict { name = "d"; system = "s"; builder = "b"; x = { __toString = self: { }; }; }
