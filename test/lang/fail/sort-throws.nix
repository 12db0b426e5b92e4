builtins.sort (a: b: throw "order") [ 1 2 ]
