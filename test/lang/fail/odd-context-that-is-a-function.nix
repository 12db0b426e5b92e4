builtins.addErrorContext (x: x) (throw "t")
