builtins.storePath (throw "path")
