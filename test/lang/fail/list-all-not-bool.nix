builtins.all (x: "true") [ 1 ]
