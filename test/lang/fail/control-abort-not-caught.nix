builtins.tryEval (abort "message")
