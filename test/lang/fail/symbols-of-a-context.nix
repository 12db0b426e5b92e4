# Right first: the name of the derivation comes up before that of the file, and is complained about.
builtins.flakeRefToString (import ../files/function-in-a-set.nix // builtins.getContext (derivation { name = "d"; builder = "b"; system = "s"; }).drvPath)
