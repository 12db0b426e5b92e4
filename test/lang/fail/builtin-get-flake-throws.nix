builtins.getFlake (throw "reference")
