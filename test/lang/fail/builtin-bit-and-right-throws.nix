builtins.bitAnd 1 (throw "right")
