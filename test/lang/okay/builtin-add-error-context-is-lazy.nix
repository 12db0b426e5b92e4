[ (builtins.addErrorContext (throw "context is not needed") 1) (builtins.addErrorContext "x") ((builtins.addErrorContext "x") { a = 1; }) ]
