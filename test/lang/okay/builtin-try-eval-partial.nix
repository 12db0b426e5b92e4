[ builtins.tryEval (map builtins.tryEval [ 1 (throw "x") (assert false; 1) ]) ]
