builtins.sub 1 (throw "the second")
