builtins.bitXor (throw "left") 1
