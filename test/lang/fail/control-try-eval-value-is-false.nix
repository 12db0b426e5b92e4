(builtins.tryEval (throw "x")).value.a
