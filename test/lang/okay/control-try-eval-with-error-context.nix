builtins.tryEval (builtins.addErrorContext "context" (throw "x"))
