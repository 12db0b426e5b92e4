with builtins; [ (seq 1 2) (seq [ (throw "not deep") ] 3) (seq { a = throw "not deep"; } 4) (tryEval (seq (throw "x") 1)).success ]
