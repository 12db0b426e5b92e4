builtins.getContext { outPath = "x"; }
