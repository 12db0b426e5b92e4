builtins.groupBy (x: "a") { }
