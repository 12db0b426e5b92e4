let d = outPath: { type = "derivation"; inherit outPath; }; in assert d "/a" == d "/b"; 1
