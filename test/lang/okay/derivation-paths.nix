let make = attrs: derivationStrict ({ name = "d"; system = "s"; builder = "b"; } // attrs); in
[
  (make { })
  (make { outputs = "out\ndev   lib"; })
  (make { outputs = [ "a" "b" ]; })
  (make { __structuredAttrs = true; x = [ 1 { y = null; } ]; })
  (make { __ignoreNulls = true; x = null; })
  (make { outputHash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; })
  (make { outputHashAlgo = "sha1"; outputHash = "2jmj7l5rSw0yVb/vlWAYkK/YBwk="; outputHashMode = "recursive"; })
  (make { x = derivation { name = "inner"; system = "s"; builder = "b"; file = ../files/tree; }; })
]
