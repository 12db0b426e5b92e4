derivationStrict { name = builtins.toFile "n" "t"; builder = "b"; system = "s"; }
