break (throw "x")
