dirOf (throw "path")
