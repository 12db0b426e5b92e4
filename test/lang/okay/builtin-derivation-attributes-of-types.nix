let d = derivation {
  name = "n"; builder = "b"; system = "s";
  int = 1; float = 1.5; yes = true; no = false; nothing = null; list = [ 1 "a" [ true ] ];
  set = { outPath = "o"; }; string = { __toString = self: "t"; };
}; in
[ d.drvPath d.outPath ]
