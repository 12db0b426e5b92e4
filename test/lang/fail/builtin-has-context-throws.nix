builtins.hasContext (throw "text")
