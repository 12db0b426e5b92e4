placeholder (throw "output")
