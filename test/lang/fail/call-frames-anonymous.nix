(x: (y: throw "anonymous") x) 1
