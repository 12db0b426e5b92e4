builtins.addErrorContext "outer" (builtins.addErrorContext { outPath = "a set as context"; } (1 + "x"))
