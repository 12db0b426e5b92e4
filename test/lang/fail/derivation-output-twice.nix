derivationStrict { name = "d"; system = "s"; builder = "b"; outputs = [ "a" "b" "a" ]; }
