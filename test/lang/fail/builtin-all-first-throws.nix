builtins.all (throw "the predicate") [ ]
