builtins.hashString "sha3" (throw "text")
