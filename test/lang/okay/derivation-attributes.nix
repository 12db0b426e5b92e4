let d = derivation { name = "d"; system = "s"; builder = "b"; outputs = [ "out" "dev" ]; extra = 1; }; in
[
  (builtins.attrNames d)
  d.type
  d.outputName
  d.dev.outputName
  (map (output: output.outPath) d.all)
  (d.drvPath == d.dev.drvPath)
  (d.dev.out.dev.outPath == d.dev.outPath)
  d.drvAttrs
  d.extra
  (d == d.out)
  (d == d.dev)
  (builtins.functionArgs derivation)
]
