derivationStrict { name = "n"; builder = "b"; system = "s"; outputs = [ "dev" "out" ]; }
