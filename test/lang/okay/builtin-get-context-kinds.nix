let
  d = derivation { name = "n"; builder = "b"; system = "s"; outputs = [ "out" "dev" ]; };
in
map builtins.getContext [ "plain" "${d}" "${d.dev}" d.drvPath "${d}${d.dev}${builtins.toFile "f" "t"}" ]
