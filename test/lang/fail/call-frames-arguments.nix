let id = x: x; in id (id (throw "argument"))
