let
  inner = derivation { name = "inner"; builder = "b"; system = "s"; };
  outer = derivation { name = "outer"; builder = "b"; system = "s"; args = [ inner "-x" ./../files/greeting.nix ]; };
in
builtins.length (builtins.attrNames (builtins.getContext outer.drvPath))
