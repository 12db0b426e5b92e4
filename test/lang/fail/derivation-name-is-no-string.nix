derivationStrict { name = 1; }
