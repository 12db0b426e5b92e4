let d = derivation { name = "n"; builder = "b"; system = "s"; outputs = [ "lib" "out" ]; extra = 1; }; in
[ (builtins.attrNames d) d.outputName d.type (map (o: o.outputName) d.all) d.out.outputName (builtins.attrNames d.drvAttrs) ]
