builtins.readFile (throw "file")
