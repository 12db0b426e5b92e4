builtins.elemAt [ (throw "zero") 1 (throw "two") ] 1
