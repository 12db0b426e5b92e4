builtins.hashFile "sha3" (throw "file")
