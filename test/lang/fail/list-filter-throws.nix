builtins.filter (x: throw "predicate") [ 1 ]
