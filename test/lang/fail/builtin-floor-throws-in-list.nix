map builtins.floor [ 1.5 (throw "second item") ]
