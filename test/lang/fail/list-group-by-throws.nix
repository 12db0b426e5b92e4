builtins.groupBy (x: throw "name") [ 1 ]
