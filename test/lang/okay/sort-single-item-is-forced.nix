builtins.tryEval (builtins.sort builtins.lessThan [ (throw "forced") ])
