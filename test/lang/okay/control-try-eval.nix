with builtins; [ (tryEval 1) (tryEval (throw "x")) (tryEval (assert false; 1)) (tryEval { a = throw "lazy"; }).success (tryEval (tryEval (throw "x"))) ]
