derivationStrict { name = "d"; system = "s"; builder = "b"; outputHashAlgo = "blake3"; }
