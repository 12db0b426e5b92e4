map (x: x) (throw "list")
