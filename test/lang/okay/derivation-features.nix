let make = attrs: derivationStrict ({ name = "d"; system = "s"; builder = "b"; } // attrs); in
[
  (make { __contentAddressed = true; })
  (make { __contentAddressed = true; outputHashMode = "flat"; outputHashAlgo = "sha1"; outputs = [ "out" "dev" ]; })
  (make { __impure = true; })
  (make { x = derivation { name = "inner"; system = "s"; builder = "b"; __contentAddressed = true; }; })
  (make { name = "x.drv"; __contentAddressed = true; outputHashMode = "text"; outputHashAlgo = "sha256"; })
]
