derivationStrict { name = throw "no name"; }
