builtins.foldl' (acc: x: acc) (throw "start") [ ]
