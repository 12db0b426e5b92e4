let x = builtins.trace "evaluated" (throw "no"); in [ (builtins.tryEval x) (builtins.tryEval x) ]
