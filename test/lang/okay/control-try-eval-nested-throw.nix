let inner = builtins.tryEval (throw "a"); in if inner.success then 1 else builtins.tryEval (if inner.value then 1 else throw "b")
