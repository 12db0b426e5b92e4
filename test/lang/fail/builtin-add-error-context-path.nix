builtins.addErrorContext ./here (throw "value")
