builtins.elemAt [ 1 (throw "two") 3 ] 1
