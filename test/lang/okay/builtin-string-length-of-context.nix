builtins.stringLength "${derivation { name = "n"; builder = "b"; system = "s"; }}"
