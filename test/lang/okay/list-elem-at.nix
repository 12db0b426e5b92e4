with builtins; [ (elemAt [ 1 2 3 ] 0) (elemAt [ 1 2 3 ] 2) (elemAt [ (throw "x") 5 ] 1) ]
