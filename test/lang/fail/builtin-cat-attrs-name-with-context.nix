builtins.catAttrs "${derivation { name = "n"; builder = "b"; system = "s"; }}" [ { } ]
