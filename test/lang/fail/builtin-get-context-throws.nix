builtins.getContext (throw "text")
