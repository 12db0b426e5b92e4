baseNameOf (throw "path")
