derivationStrict { name = "d"; system = "s"; builder = "b"; x = (derivationStrict { name = "inner"; system = "s"; builder = "b"; y = throw "deep inside"; }).out; }
