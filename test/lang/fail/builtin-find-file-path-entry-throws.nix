builtins.findFile [ { prefix = "x"; path = throw "entry"; } ] "x"
