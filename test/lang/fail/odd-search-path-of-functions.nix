builtins.findFile [ (x: x) ] "a"
