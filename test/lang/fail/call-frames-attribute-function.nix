let lib.f = x: throw "in lib"; in lib.f 1
