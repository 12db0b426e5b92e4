builtins.readDir (throw "folder")
