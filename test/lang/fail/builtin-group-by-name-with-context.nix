builtins.groupBy (x: "${derivation { name = "n"; builder = "b"; system = "s"; }}") [ 1 ]
