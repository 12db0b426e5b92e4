builtins.substring 0 1 (throw "text")
