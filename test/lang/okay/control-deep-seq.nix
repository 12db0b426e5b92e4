with builtins; [ (deepSeq [ 1 { a = 2; } ] 3) (tryEval (deepSeq { a = [ (throw "x") ]; } 1)).success (deepSeq (x: throw "functions are not called") 5) ]
