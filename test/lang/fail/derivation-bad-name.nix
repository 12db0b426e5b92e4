derivationStrict { name = "a b"; }
