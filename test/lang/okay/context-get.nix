let
  d = derivation { name = "d"; system = "s"; builder = "b"; outputs = [ "out" "dev" ]; };
  file = ../files/tree/a.txt;
in
map builtins.getContext [
  "none"
  "${d}"
  "${d.dev}${d}"
  d.drvPath
  "${file}"
  "${d.drvPath}${d}${builtins.unsafeDiscardOutputDependency d.drvPath}${file}"
]
