builtins.addErrorContext (throw "not forced") 1
