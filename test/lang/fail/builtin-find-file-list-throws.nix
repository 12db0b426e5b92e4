builtins.findFile (throw "list") (throw "name")
