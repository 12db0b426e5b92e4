builtins.functionArgs (throw "function")
