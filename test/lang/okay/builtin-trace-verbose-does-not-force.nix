[ (builtins.traceVerbose (throw "not forced") 1) (builtins.traceVerbose "x") ]
