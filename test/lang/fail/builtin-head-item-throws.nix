builtins.head [ (throw "first") ]
